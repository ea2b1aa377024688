"""One browser tab without a browser: Streamlit's protocol over a WebSocket."""

import time
from dataclasses import dataclass, field

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass
class Tab:
    """What a tab shows, and what is typed in it."""

    url: str
    address: str = ""
    token: str = ""
    query: str = ""
    page: str = ""
    elements: list[Element] = field(default_factory=list)
    ids: dict[str, str] = field(default_factory=dict)
    options: dict[str, tuple[str, ...]] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    """Texts and choices by widget key."""
    watching: dict[str, float] = field(default_factory=dict)
    """Fragments that run by themselves, with their interval [s]."""
    headers: dict[str, str] = field(default_factory=dict)
    """What the tab, or a proxy before the server, sends besides."""

    def dial(self) -> connect:
        """Open the WebSocket as a browser does."""
        cookie = {"Cookie": f"casework_session={self.token}"} if self.token else {}
        return connect(
            f"{self.url.replace('http', 'ws', 1)}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]  # a plain string will do
            additional_headers={**cookie, **self.headers},
            max_size=None,
            ping_interval=None,
        )

    async def run(self, socket: ClientConnection, *, press: str = "", fragment: str = "") -> float:
        """Run the page with what is typed, pressing a button; seconds until it has run."""
        started = time.perf_counter()
        await socket.send(self._request(press, fragment).SerializeToString())
        if not fragment:
            self.elements = []
        async for raw in socket:
            message = ForwardMsg.FromString(raw)
            self._read(message)
            if message.WhichOneof("type") == "script_finished":
                status = ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
                if "EARLY" not in status:  # else the script asked for another run
                    break
        return time.perf_counter() - started

    def shown(self, kind: str) -> list[Element]:
        """Give the elements of one kind, in their order."""
        return [element for element in self.elements if element.WhichOneof("type") == kind]

    def _request(self, press: str, fragment: str) -> BackMsg:
        state = ClientState(query_string=self.query, page_script_hash=self.page)
        state.page_name = "" if self.page else self.address
        state.fragment_id = fragment
        state.is_auto_rerun = bool(fragment)
        state.context_info.timezone = "Asia/Yekaterinburg"
        state.context_info.locale = "ru-RU"
        for key, value in self.typed.items():
            state.widget_states.widgets.add(id=self.ids[key], string_value=value)
        if press:
            state.widget_states.widgets.add(id=self.ids[press], trigger_value=True)
        return BackMsg(rerun_script=state)

    def _read(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page = message.navigation.page_script_hash
        elif kind == "new_session":
            self.elements = []
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.watching[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self._keep(message.delta.new_element)

    def _keep(self, element: Element) -> None:
        self.elements.append(element)
        shown = getattr(element, element.WhichOneof("type"))
        name = getattr(shown, "id", "")
        if isinstance(name, str) and name.startswith("$$ID-"):
            key = name.split("-", 2)[2]
            self.ids[key] = name
            if element.WhichOneof("type") == "selectbox":
                self.options[key] = tuple(shown.options)
