"""Reading room: files become pages, pages become passages."""
