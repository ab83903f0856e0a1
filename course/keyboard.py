"""Forms of widgets in JupyterLab, used from the keyboard.

Letters and arrows are commands of JupyterLab while a button or a box has the focus: two strokes of
D delete the cell. A mark on what has the focus tells it to leave them alone. ipywidgets cannot set
it, so an empty picture does, which fails to load and so runs its line.
"""


def keep_keys(form: str) -> str:
    """Return HTML that keeps keys to the widgets inside the box of the CSS class `form`.

    Put it into an HTML widget inside that box. What has the focus already is marked at once.
    """
    return (
        '<img alt="" hidden src="data:," onerror="'
        f"const form = this.closest('.{form}'), focused = document.activeElement;"
        "const mark = e =&gt; e.setAttribute('data-lm-suppress-shortcuts', 'true');"
        "form.addEventListener('focusin', event =&gt; mark(event.target));"
        'if (form.contains(focused)) mark(focused)">'
    )


def way_in(to: str) -> str:
    """Say how one walks from the cell into the form: `to` names what it holds, "the buttons"."""
    return (
        f"On the keyboard: after Shift+Enter, Shift+Tab leads back to {to}; after Ctrl+Enter and "
        f"Escape, Tab leads on to them"
    )
