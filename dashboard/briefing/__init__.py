"""Cards → files for a briefing: pictures, slides, a report, a workbook."""
