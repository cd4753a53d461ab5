"""Each incident has its folder; another one that was chosen holds while it is there."""

from bankcc.features import incident
from tests.ui.small_center import opened
from ui.reports.folder import folder_of, keep_folder


def test_the_usual_folder_is_beside_the_data(qapp, tmp_path, clock, chance) -> None:
    with opened(tmp_path / "center", clock, chance) as context:
        session = context.session
        assert folder_of(session) == tmp_path / "center" / "reports"
        made = session.execute(incident.open_incident(name="停电")).made[0]
        assert folder_of(session) == tmp_path / "center" / "reports" / made.number
        chosen = tmp_path / "共享"
        chosen.mkdir()
        keep_folder(session, chosen)
        assert folder_of(session) == chosen
        chosen.rmdir()
        assert folder_of(session).name == made.number
