"""An invented centre with three years of work behind it, made through the services.

Everything is drawn from one seed before anything is written (`lives`, `agenda`), turned into
acts with a moment each (`people`, `engagements`, `meetings`, `trainings`, `checks`, `plans`,
`councils`), and acted out in the order of time (`making`), so that audit, timeline and
versions are of their days.
"""
