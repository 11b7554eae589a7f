"""The gate's error rates: by simulation, on verdicts of the past, and on real candidates."""
