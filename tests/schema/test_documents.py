"""What many different documents leave behind, in all caches on the way."""

import gc

from gqlregistry.plan.documents import Documents
from gqlregistry.schema.schema import public_schema
from tests.schema.api import API


async def test_a_thousand_documents_leave_no_more_behind_than_a_hundred(api: API) -> None:
    documents = Documents(limit=8)

    async def ask(numbers: range) -> int:
        for number in numbers:
            text = f"query q{number}($a{number}: Int) {{ b{number}: runs(first: $a{number}) {{ nodes {{ id }} }} }}"
            context = api.context(api.services.driver, documents)
            answer = await public_schema().execute(text, variable_values={f"a{number}": 3}, context_value=context)
            assert (answer.errors, context.request.planned) == (None, True)
        gc.collect()
        return len(gc.get_objects())

    await ask(range(100))
    before = await ask(range(100, 200))
    after = await ask(range(200, 1000))
    assert after - before < 800
