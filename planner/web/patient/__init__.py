"""The patient's side: questions, plan, keeping it, and opening it again."""
