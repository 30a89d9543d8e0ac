"""One module a system: ``build(text, folder)`` indexes the text, ``opened(folder)`` gives its search.

Each uses its library as the library's own introduction does, with the packaged encoder in place of a hosted one.
"""
