"""What is on its way to a browser when a fragment runs again."""

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from dashboard.ui import queue


def on_its_way() -> ForwardMsgQueue:
    """A container and, in it, an element that the browser still holds from the last run."""
    waiting = ForwardMsgQueue()
    container = ForwardMsg()
    container.metadata.delta_path[:] = [0, 3]
    container.delta.add_block.vertical.border = False
    container.delta.fragment_id = "map"
    known = ForwardMsg()
    known.metadata.delta_path[:] = [0, 3, 0]
    known.ref_hash = "thumbnails"
    finished = ForwardMsg()
    finished.script_finished = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY
    for message in (container, known, finished):
        waiting.enqueue(message)
    return waiting


def paths(waiting: ForwardMsgQueue) -> list[list[int]]:
    return [list(message.metadata.delta_path) for message in waiting.flush()]


def test_streamlit_itself_keeps_the_element_without_its_container():
    waiting = on_its_way()
    queue._clear(waiting, retain_lifecycle_msgs=True, fragment_ids_this_run=["map"])
    assert paths(waiting) == [[0, 3, 0], []]


def test_all_arrives_and_the_run_counts_as_given_up():
    waiting = on_its_way()
    queue._clear_whole_runs(waiting, retain_lifecycle_msgs=True, fragment_ids_this_run=["map"])
    assert waiting._queue[-1].script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    assert paths(waiting) == [[0, 3], [0, 3, 0], []]


def test_a_run_of_the_whole_page_leaves_nothing_of_the_one_before():
    queue.keep_fragments_whole()
    waiting = on_its_way()
    waiting.clear(retain_lifecycle_msgs=True)
    assert paths(waiting) == [[]]
