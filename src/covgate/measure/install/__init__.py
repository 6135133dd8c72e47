"""What an ordinary project's suite needs installed, read from the files that say so.

`set_ups` holds one file for each way to say it; `plan` takes the first that fits.
"""
