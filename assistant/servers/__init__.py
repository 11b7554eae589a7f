"""Tools of MCP servers that the owner named, in processes and threads of their own."""
