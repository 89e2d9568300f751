"""How Parley uses django-allauth: its adapters, forms and addresses."""
