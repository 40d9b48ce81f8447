"""Prepared statements of a session, each prepared once."""

COLUMNS = {
    "products": "id name brand category price tags description".split(),
    "events": "id event_type payload".split(),
    "users": "id username email full_name registration_date roles picture_id api_token".split(),
    "run_events": "id release_id group_id test_id run_id user_id kind body created_at".split(),
    "comments": "id posted_at test_run_id user_id release_id message mentions reactions".split(),
    "vector_products": "id name embedding".split(),
}


def values(row, table):
    return [row[column] for column in COLUMNS[table]]


class Database:
    def __init__(self, session):
        self.session = session
        self._prepared = {}

    def prepare(self, cql, fetch_size=None):
        if cql not in self._prepared:
            self._prepared[cql] = self.session.prepare(cql)
        statement = self._prepared[cql]
        if fetch_size is not None:
            statement.fetch_size = fetch_size
        return statement

    def insert_into(self, table, suffix=""):
        columns = COLUMNS[table]
        marks = ", ".join("?" * len(columns))
        return self.prepare(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks}){suffix}")

    def one(self, statement, params):
        return self.session.execute(statement, params).one()
