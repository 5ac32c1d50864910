"""The data set as an atlas: one page of HTML with maps, for people who would rather look."""

from rcpref.export.atlas.page import atlas

__all__ = ["atlas"]
