"""What initiatives said of meetings."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casework.domain.feedback import Feedback
from casework.tables import ConsultationFeedbackRow


def add_feedback(db: Session, consultation_id: int, given: Feedback, now: datetime) -> None:
    """Write an answer."""
    db.add(
        ConsultationFeedbackRow(
            consultation_id=consultation_id,
            usefulness=given.usefulness,
            sentence=given.sentence,
            given_at=now,
        )
    )


def list_feedback(db: Session, consultation_id: int) -> tuple[Feedback, ...]:
    """List the answers on a meeting, the first one first."""
    rows = db.scalars(
        select(ConsultationFeedbackRow)
        .where(ConsultationFeedbackRow.consultation_id == consultation_id)
        .order_by(ConsultationFeedbackRow.id)
    )
    return tuple(Feedback(row.usefulness, row.sentence, row.given_at) for row in rows)
