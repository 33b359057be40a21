"""How many sessions have a page open."""

from serving.streamlit_internals import ACTIVE_SESSIONS_FAMILY, GaugeStat, MemoryUploadedFileManager, runtime


def count_sessions() -> int:
    """Return how many sessions have a page open now."""
    if not runtime.exists():
        return 0
    stats = runtime.get_instance().stats_mgr.get_stats(family_names=[ACTIVE_SESSIONS_FAMILY])
    return sum(stat.value for stat in stats.get(ACTIVE_SESSIONS_FAMILY, ()) if isinstance(stat, GaugeStat))


def bytes_held(session: str) -> int:
    """Return how many bytes of uploaded files a session holds in memory."""
    if not runtime.exists():
        return 0
    files = runtime.get_instance().uploaded_file_mgr
    kept = files.file_storage.get(session, {}) if isinstance(files, MemoryUploadedFileManager) else {}
    return sum(len(file.data) for file in list(kept.values()))
