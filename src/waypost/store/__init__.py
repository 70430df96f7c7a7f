"""The database of records: SQLite made by itself on first start, or PostgreSQL by a URL.

Each HSDS object lies here once, as its own public document. What must not be seen lies in a table of its
own that no outlet reads.
"""

from sqlalchemy import Connection

from waypost.store.connect import Store, StoreError, open

__all__ = ["Connection", "Store", "StoreError", "open"]
