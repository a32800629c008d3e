"""The search index is made from the records, and made again after an erasure."""

from hanze.audit.personal import declare

declare("web.SearchEntry", codes="record_type record_id", rebuilt="title text")
declare("web.SearchTerm", rebuilt="stem")
