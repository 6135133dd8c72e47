"""The recognised set-ups, one file each, defining `SET_UP`."""
