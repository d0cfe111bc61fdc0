"""The one Jinja environment that web pages and documents are drawn with."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from planner.folders import TEMPLATES
from planner.outputs import (
    arrange,
    clock,
    drawn_once,
    four_weeks,
    glyphs,
    help_now,
    in_common,
    massage_sessions,
    moving,
    pictures,
    said_doses,
    said_once,
    sheet_lines,
    turns,
    words,
)
from planner.outputs.direct_calls import compile_directly
from planner.outputs.messages import counted_in_language, said_in_language

FILTERS = (
    *(words.dose_text, words.dose_big, words.dose_rest, words.days_text, words.minutes_text, words.seconds_text),
    *(words.certainty_text, words.threads, words.position_text, words.start_text, words.freq_text, words.level_text),
    *(moving.later_dose, moving.dose_words, moving.not_tested, moving.way_there, moving.use_until),
    *(said_doses.dose_said, said_doses.when_said, said_doses.later_said),
    *(massage_sessions.how_often, massage_sessions.how_long, massage_sessions.after_that, massage_sessions.other_pressure),
    massage_sessions.kept_away,
    *(words.pressure_name, words.pressure_text, words.day_name, words.day_short, words.day_letter),
    *(
        words.date_text,
        clock.clock_text,
        words.source_text,
        words.said,
        words.says,
        words.says_all,
        words.because_text,
        words.listed,
        said_once.brief,
        glyphs.typed,
        glyphs.own_words,
        glyphs.with_own_words,
        words.after_title,
        words.dialled,
        sheet_lines.title_once,
        words.capital,
        words.uncapital,
    ),
)
GLOBALS = (
    *(arrange.patterns, arrange.walks, arrange.numbered, arrange.sources_used, arrange.advised, arrange.country_of),
    *(
        arrange.left_out_reasons,
        arrange.left_out_answers,
        arrange.demand_groups,
        moving.week_patterns,
        massage_sessions.massage_review,
        massage_sessions.why_so_often,
        moving.no_massage,
        moving.massage_heading,
        moving.exercise_notes,
        moving.that_count_most,
        moving.walk_minutes,
        in_common.in_common,
        in_common.own_reasons,
    ),
    *(help_now.in_crisis, help_now.crisis_steps, help_now.while_you_wait, help_now.always_said),
    *(help_now.other_signs, help_now.more_numbers),
    *(four_weeks.grid_rows, four_weeks.massage_days),
    words.numbers,
    drawn_once.drawn_once,
    clock.clock_name,
    pictures.picture,
    pictures.picture_of,
    pictures.line_art,
    *(turns.easier_turn, turns.days_due, turns.moving_picture, turns.four_weeks),
)


def make_environment(templates: Path = TEMPLATES) -> Environment:
    """An environment of its own, for documents."""
    env = Environment(loader=FileSystemLoader(templates), autoescape=True, undefined=StrictUndefined)
    register(env)
    return env


def register(env: Environment) -> None:
    """Gives `env` our filters, functions and translations. Flask's environment passes here too."""
    env.trim_blocks = env.lstrip_blocks = True
    env.globals |= {"_": said_in_language, "ngettext": counted_in_language}
    env.filters |= {function.__name__: function for function in FILTERS}
    env.globals |= {function.__name__: function for function in GLOBALS}
    env.globals.setdefault("paper", False)
    env.globals.setdefault("large", False)
    compile_directly(env)
