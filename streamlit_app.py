"""The working desk: the Streamlit script and the ASGI application in one file.

Streamlit runs this file as a script for every click; the server imports it once and finds the
application at the end.
"""

import streamlit as st

if __name__ == "__main__":
    import accounts.pages
    import casework.pages
    import dashboards.pages
    import diagnostics.pages
    import hours.pages
    import panels.pages
    import roadmaps.pages
    from accounts import service
    from accounts.pages import sign_in
    from casework.service import recognise
    from core.database import the_database
    from core.settings import load_centre
    from core.ui import address, desk, navigation, shell
    from hours.pages import set_up

    def public() -> None:
        """Choose the page of those who are not signed in."""
        if address.asked("setup"):
            set_up.draw()
        elif address.asked("invite"):
            sign_in.invitation()
        else:
            sign_in.draw()

    def centre_name() -> str:
        """Give the name of the centre."""
        with the_database().reading() as db:
            return load_centre(db).name

    for feature in (casework, hours, diagnostics, roadmaps, panels, dashboards, accounts):
        navigation.install(feature.pages.PAGES)
    desk.install(recognise)
    shell.run(
        shell.Gate(
            who=service.who,
            keep_alive=service.keep_alive,
            sign_out=lambda token: service.sign_out(the_database(), token),
            public=public,
            centre_name=centre_name,
        )
    )
else:
    import os

    from starlette.middleware import Middleware

    from accounts import routes as accounts_routes
    from casework import routes as casework_routes
    from core import routes as core_routes
    from core import server, web
    from core.ui import shell
    from dashboards import routes as desk_routes
    from roadmaps import routes as roadmaps_routes

    os.environ.setdefault("PUBLIC_URL", f"http://127.0.0.1:{st.get_option('server.port')}")
    app = st.App(
        __file__,
        routes=[
            *web.health_route([server.database_answers, server.schema_current]),
            *web.metrics_route(desk_routes.GAUGES),
            *web.font_routes(),
            *desk_routes.ROUTES,
            *accounts_routes.routes(),
            *core_routes.routes(casework_routes.open_door),
            *casework_routes.routes(),
            *roadmaps_routes.routes(),
        ],
        middleware=[
            Middleware(web.HouseRules, language_of_token=accounts_routes.language_of_token)
        ],
        lifespan=server.lifespan(desk_routes.HOOKS, desk_routes.MODULES),
        on_script_error=shell.failed,
    )
