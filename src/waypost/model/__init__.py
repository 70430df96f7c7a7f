"""The things themselves: frozen structs with the trade's own names. No input or output, no clock."""
