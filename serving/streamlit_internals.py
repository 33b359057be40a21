"""What is used of Streamlit beyond its documented functions: to be checked whenever its version is raised."""

from streamlit import config, runtime
from streamlit.errors import StreamlitAPIException
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.stats import ACTIVE_SESSIONS_FAMILY, GaugeStat
from streamlit.runtime.uploaded_file_manager import UploadedFile
from streamlit.web.cli import main as run_streamlit

__all__ = [
    "ACTIVE_SESSIONS_FAMILY",
    "BackMsg",
    "ForwardMsg",
    "GaugeStat",
    "MemoryUploadedFileManager",
    "StreamlitAPIException",
    "UploadedFile",
    "config",
    "get_script_run_ctx",
    "run_streamlit",
    "runtime",
    "this_run",
]


def this_run() -> object | None:
    """Return an object that is another one in each run of a page's script; None outside of a run."""
    context = get_script_run_ctx()
    return context.parallel_coordinator if context else None
