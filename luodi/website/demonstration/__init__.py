"""The invented district 青岚区 of 云川市: its pages, its people, its decisions, and the loader that acts them out."""
