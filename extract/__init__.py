"""Offline extraction: plan documents in, tidy tables of districts × themes × targets out."""
