"""What a practice question shows where no form can be clicked: its options, items or rows.

The same words as HTML and as plain text, and nothing of the key.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from course.questions.kinds import (
    ChoiceForm,
    Column,
    NumberForm,
    OrderForm,
    Question,
    TableForm,
)


def form_html(question: Question) -> str:
    """The form as a list or table that a screen reader can read; every text is escaped."""
    # Amounts such as $25 and $30 are not mathematics: JupyterLab would set what stands between.
    return (
        '<div class="mathjax_ignore" style="max-width:46em;line-height:1.5">'
        f"{_body_html(question)}<p>{escape(_how_to_answer(question))}</p></div>"
    )


def form_text(question: Question) -> str:
    """The form for screens without HTML."""
    return "\n".join([*_body_lines(question), _how_to_answer(question)])


def labelled(label: str, text: str) -> str:
    """For instance "a: a chemical transmitter"; the label alone where there is no text."""
    return f"{label}: {text}" if text and text != label else label


def column_name(column: Column, place: int) -> str:
    """What a column is called; ``place`` counts from 1 and serves columns without a name."""
    unit = column.units[0] if column.units else ""
    name = column.name or unit or f"entry {place}"
    return name if not unit or unit.casefold() in name.casefold() else f"{name} ({unit})"


def number_wanted(form: NumberForm) -> str:
    """For instance "a number of units, from 0 to 8"."""
    wanted = f"a number of {form.units[0]}" if form.units and form.units[0] else "a number"
    if form.slider:
        wanted += f", from {form.slider[0]:.10g} to {form.slider[1]:.10g}"
    return wanted


def _listed(question: Question) -> Mapping[str, str] | None:
    """Texts by letter or label, where a list says it all."""
    return None if question.kind in ("number", "table", "function", "text") else question.texts


def _lead(question: Question) -> str:
    """What to look for in the list or table, as one sentence."""
    form = question.form
    if isinstance(form, NumberForm):
        return f"The answer is {number_wanted(form)}."
    if question.kind == "match" and isinstance(form, TableForm):
        return f"Give each line one of these words: {', '.join(form.columns[0].words)}."
    return {
        "choice": "Choose one:",
        "choices": "Choose every one that is right:",
        "order": "Put these in order:",
        "table": "Fill in this table:",
        "function": "Fill in this table:",
    }.get(question.kind, "")


def _body_html(question: Question) -> str:
    lead = f"<p>{escape(_lead(question))}</p>"
    if (texts := _listed(question)) is not None:
        lines = (f"<li>{escape(labelled(*entry))}</li>" for entry in texts.items())
        return f'{lead}<ul style="list-style:none;padding-left:1em">{"".join(lines)}</ul>'
    table = question.table
    return lead if table is None else lead + _table_html(table)


def _table_html(table: TableForm) -> str:
    names = [_column_told(column, place) for place, column in enumerate(table.columns, 1)]
    left = 'style="text-align:left"'
    heads = "".join(
        f'<th scope="col" {left}>{escape(name)}</th>' for name in ["row", "given", *names]
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td {left}>{escape(text)}</td>'
        + f"<td {left}>…</td>" * len(names)
        + "</tr>"
        for label, text in table.rows.items()
    )
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _column_told(column: Column, place: int) -> str:
    name = column_name(column, place)
    return f"{name}: one of {', '.join(column.words)}" if column.words else name


def _body_lines(question: Question) -> list[str]:
    lines = [_lead(question)]
    table = question.table
    texts = _listed(question)
    if texts is None and table is not None:
        texts = table.rows
        lines += [_column_told(column, place) for place, column in enumerate(table.columns, 1)]
    return lines + [labelled(*entry) for entry in (texts or {}).items()]


def _how_to_answer(question: Question) -> str:
    return (
        "Run this cell (Shift+Enter): then you can answer by clicking. Or type your answer between "
        f'the last quotation marks in the cell, for instance "{_instance(question)}", and run it '
        "again."
    )


def _instance(question: Question) -> str:
    """How a typed answer looks. It follows the print, so it tells nothing about the right one."""
    form = question.form
    if isinstance(form, ChoiceForm):
        letters = list(form.options)
        return letters[0] if question.kind == "choice" else " ".join(letters[:3:2])
    if isinstance(form, OrderForm):
        return " ".join(form.items)
    if isinstance(form, NumberForm):
        number = f"{form.slider[0]:.10g}" if form.slider else "12"
        return f"{number} {form.units[0] if form.units else ''}".strip()
    table = question.table
    if table is None:
        return ""
    rows = [", ".join(_entry(column, row) for column in table.columns) for row in (0, -1)]
    return ("; " if len(table.columns) > 1 else ", ").join([*rows, "..."][: len(table.rows)])


def _entry(column: Column, row: int) -> str:
    """The first word, or (-1) the last one: no more than a sample of what may stand there."""
    return list(column.words)[row] if column.words else str(abs(row - 1))
