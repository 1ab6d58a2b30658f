"""Lists as files for spreadsheets, under the name by which the public pages know it; made in ``luodi.pages.sheets_out``."""

from __future__ import annotations

from luodi.pages.sheets_out import csv_answer, safe_cell, xlsx_answer

__all__ = ["csv_answer", "safe_cell", "xlsx_answer"]
