"""ZI Registry: from YAML in Git to scores, conditions, monitoring status and a public site.

Bytes become values at the door; values flow one way through pure functions; one module writes.

    reading     blobs -> strict YAML -> JSON Schema -> documents -> declared values (`model.declared`)
    judging     declared values + instrument + rules -> findings, scores, conditions, status
    registry    the waist: one `UnitRecord` per unit, streamed, so memory does not grow with the registry
    publishing  records -> (path, bytes)
    writing     the only module that writes a site: temporary tree, verified, swapped in one step
    exchange    the forge's forms, events and lists, all hostile -> edits, findings; and requests to it, as files
    cli         arguments, the clock, printing, exit codes; nothing else

Arrows: model <- reading, judging <- registry <- publishing <- cli; `writing`, `exchange` and `demo` hang on cli.
`tests/test_architecture.py` holds them.
"""

__version__ = "0.1.0"
