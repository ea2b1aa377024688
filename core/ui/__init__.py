"""The interface's common parts: the only place beside pages that speaks Streamlit."""
