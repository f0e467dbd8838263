def preview(content: str) -> str:
    return ""
