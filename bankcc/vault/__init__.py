"""Keys, the files that hold them, and who a device is. Ciphers are named in `crypto` and nowhere
else."""
