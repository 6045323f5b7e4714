"""Scripts for processes of their own that open what strangers hand in. They know nothing of the product."""
