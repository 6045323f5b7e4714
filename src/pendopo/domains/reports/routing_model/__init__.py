"""The text model behind the suggestions: how it reads, what it keeps, how it is fitted and measured.

`terms` reads a report, `arrays` serves (plain numpy), `fit` trains (scikit-learn, never imported by web processes),
`measure` counts, `table` reads CSV files, `evaluate` puts one later file before a model of an earlier one.
"""
