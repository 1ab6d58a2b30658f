"""Acts upon the register, by what they are about; ``actions.py`` gathers them."""
