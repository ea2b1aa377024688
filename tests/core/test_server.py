"""Starting the one process: what its sockets are told."""

import socket
from contextlib import closing

from core.server import send_at_once

DELAYED = (socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_connections_of_a_listener_that_was_told_send_at_once() -> None:
    with closing(
        socket.socket()
    ) as listener:  # TCP by default, and not by name: as Streamlit binds
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        assert send_at_once() == 1
        with closing(socket.create_connection(listener.getsockname())):
            accepted, _address = listener.accept()
            with closing(accepted):
                assert accepted.getsockopt(*DELAYED) != 0


def test_sockets_that_listen_to_nobody_are_left_as_they_are() -> None:
    with closing(socket.socket()) as caller:
        assert send_at_once() == 0
        assert caller.getsockopt(*DELAYED) == 0
