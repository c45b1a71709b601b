"""The doors for programs: Python, LangChain and MCP. Each gives the same `Answer` and `Citation` as every other.

A door answers nothing by itself: it translates what was asked for the desk, and what comes back for the caller.
"""
