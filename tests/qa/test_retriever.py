"""The index as a LangChain retriever."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda
from pydantic import ValidationError

from qa.retriever import ReportRetriever

QUESTION = "How many foster carers does the council have?"


@pytest.fixture(scope="module")
def retriever(source):
    return ReportRetriever(report=source.report, index=source.index, top_k=5)


def test_it_is_a_retriever_of_langchain(retriever):
    assert isinstance(retriever, BaseRetriever)
    assert all(isinstance(document, Document) for document in retriever.invoke(QUESTION))


def test_documents_are_the_paragraphs_of_the_index_in_its_order(retriever, source):
    hits = source.index.search(QUESTION, top_k=5)
    documents = retriever.invoke(QUESTION)
    assert [d.metadata["paragraph"] for d in documents] == [hit.paragraph for hit in hits]
    assert [d.metadata["score"] for d in documents] == [hit.score for hit in hits]
    assert [d.page_content for d in documents] == [source.paragraphs[hit.paragraph].text for hit in hits]
    assert [d.id for d in documents] == [f"kingston-2012:{hit.paragraph}" for hit in hits]


def test_metadata_say_where_the_paragraph_stands_and_why_it_was_found(retriever, source):
    for document in retriever.invoke(QUESTION):
        metadata = document.metadata
        assert list(metadata) == ["report", "paragraph", "section", "score", "why"]
        assert metadata["report"] == "kingston-2012"
        assert metadata["section"] == list(source.paragraphs[metadata["paragraph"]].section)
        assert 0 <= metadata["score"] <= 1
        assert metadata["why"]
        for reason in metadata["why"]:
            assert list(reason) == ["leg", "score", "text", "start", "end"]
            assert reason["leg"] in {"paragraph", "sentence", "question", "words"}


def test_metadata_are_plain_json(retriever):
    metadata = [document.metadata for document in retriever.invoke(QUESTION)]
    assert json.loads(json.dumps(metadata)) == metadata


def test_best_comes_first_and_no_paragraph_twice(retriever):
    documents = retriever.invoke(QUESTION)
    scores = [d.metadata["score"] for d in documents]
    assert scores == sorted(scores, reverse=True)
    assert len({d.id for d in documents}) == len(documents) == 5


@pytest.mark.parametrize("top_k", [1, 3, 10_000])
def test_at_most_top_k_documents_come(source, top_k):
    retriever = ReportRetriever(report=source.report, index=source.index, top_k=top_k)
    found = retriever.invoke("foster carers")
    assert len(found) == min(top_k, len(source.report.paragraphs))


@pytest.mark.parametrize("top_k", [0, -1])
def test_fewer_than_one_document_cannot_be_asked_for(source, top_k):
    with pytest.raises(ValidationError, match="greater than or equal to 1"):
        ReportRetriever(report=source.report, index=source.index, top_k=top_k)


@pytest.mark.parametrize("query", ["", "   "])
def test_an_empty_query_finds_nothing(retriever, query):
    assert retriever.invoke(query) == []


def test_the_same_query_gives_the_same_documents(retriever):
    assert retriever.invoke(QUESTION) == retriever.invoke(QUESTION)


def test_asynchronous_calls_give_the_same(retriever):
    async def both():
        return await asyncio.gather(retriever.ainvoke(QUESTION), retriever.ainvoke("supervision"))

    # In a thread of its own: a browser that other tests have opened keeps an event loop in this one.
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(asyncio.run, both()).result()
    assert found == [retriever.invoke(QUESTION), retriever.invoke("supervision")]


def test_batches_give_the_same(retriever):
    assert retriever.batch([QUESTION, "supervision"]) == [
        retriever.invoke(QUESTION),
        retriever.invoke("supervision"),
    ]


def test_it_is_a_link_of_a_chain(retriever):
    chain = retriever | RunnableLambda(lambda documents: [d.metadata["paragraph"] for d in documents])
    assert chain.invoke(QUESTION) == [d.metadata["paragraph"] for d in retriever.invoke(QUESTION)]


@pytest.mark.encoder
def test_a_paragraph_is_its_own_nearest(real_pipeline):
    source = real_pipeline.source
    retriever = ReportRetriever(report=source.report, index=source.index, top_k=1)
    for number in ("12", "79", "44", "132"):
        [document] = retriever.invoke(source.paragraphs[number].text)
        assert document.metadata["paragraph"] == number
