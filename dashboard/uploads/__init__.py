"""Documents that visitors bring: extracted in processes of their own, in folders of their own, seen by nobody else."""
