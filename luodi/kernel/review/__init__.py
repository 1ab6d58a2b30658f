"""The queue of what awaits a judgement: its order, who looks at what, what may be meant, what was put right."""
