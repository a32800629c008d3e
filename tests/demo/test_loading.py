import pytest
from hanze.demo import loading
@pytest.mark.django_db
def test_load():
    loading.load(say=lambda line: None)
