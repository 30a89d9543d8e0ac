import re
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from qa.errors import InputError
from qa.page import access as behind
from qa.page import briefing, checking, tracking
from qa.page.headers import HEADERS
from qa.page.managers import who_may_change
from qa.page.sessions import OF_ONE_NAME
from qa.page.signin import SignIn, at_this_machine, is_known, limited_by, networks, owner_of
from qa.page.users import Users, add_user, remove_user
from qa.settings import Settings
from tests.page.waiting import finish

WORDS = "correct horse battery"
KEY = bytes(32)
BROWSER = {"accept": "text/html,application/xhtml+xml", "sec_fetch_site": "none"}
TOKEN = re.compile(r"~[A-Za-z0-9_-]{43}")


async def tells_the_owner(scope, receive, send):
    """An application that answers with whom a request is from, and with what limits are counted by."""
    request = SimpleNamespace(headers={name.decode(): value.decode() for name, value in scope["headers"]})
    body = f"{owner_of(request)} {limited_by(request)}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


def visit(
    app, path="/", *, method="GET", peer="9.9.9.9", body=b"", scheme="http", query=b"", twice=(), **headers
):
    """The status, the headers and the text of a response."""
    sent = []

    async def receive():
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message):
        sent.append(message)

    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "scheme": scheme,
        "client": (peer, 1),
        "headers": [*pairs, *twice],
    }
    finish(app(scope, receive, send))
    text = b"".join(message.get("body", b"") for message in sent).decode()
    return sent[0]["status"], {name.decode(): value.decode() for name, value in sent[0]["headers"]}, text


@pytest.fixture
def path(tmp_path):
    add_user(tmp_path / "users", "ann", WORDS)
    return tmp_path / "users"


@pytest.fixture
def signed(path):
    return SignIn(tells_the_owner, key=KEY, users=Users(path))


@pytest.fixture
def anonymous():
    return SignIn(tells_the_owner, key=KEY)


def sign_in(app, name="ann", password=WORDS, **headers):
    form = urlencode({"username": name, "password": password}).encode()
    return visit(app, "/login", method="POST", body=form, **(BROWSER | headers))


def cookie_of(headers):
    return headers["set-cookie"].partition(";")[0]


def test_a_browser_is_given_a_token_that_scripts_and_other_sites_cannot_use(anonymous):
    status, headers, text = visit(anonymous)
    assert status == 200
    name, _, rest = headers["set-cookie"].partition("=")
    token, _, rules = rest.partition("; ")
    assert name == "qa_owner"
    assert rules == "Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict"
    assert text.split() == [f"~{token}", "~9.9.9.9"]
    assert TOKEN.fullmatch(f"~{token}")


def test_the_same_browser_is_known_again(anonymous):
    _, headers, first = visit(anonymous)
    _, again, second = visit(anonymous, "/gradio_api/queue/join", method="POST", cookie=cookie_of(headers))
    assert second.split() == [first.split()[0]] * 2  # now the token, not the address, is what limits count by
    assert "set-cookie" not in again


@pytest.mark.parametrize("value", ["", "ann", "~" + "a" * 43, "a" * 44, "a" * 42 + "%"])
def test_a_cookie_that_is_no_token_of_ours_is_replaced(anonymous, value):
    _, headers, text = visit(anonymous, cookie=f"qa_owner={value}")
    assert "set-cookie" in headers
    assert TOKEN.fullmatch(text.split()[0])


def test_cookies_of_others_on_the_same_host_are_no_matter(anonymous):
    token = "t" * 43
    _, headers, text = visit(anonymous, cookie=f'x={{"a": 1, "b": [2]}}; odd; =; qa_owner={token}; y="')
    assert "set-cookie" not in headers
    assert text.split()[0] == f"~{token}"


def test_nobody_can_say_themselves_who_they_are(anonymous):
    _, _, text = visit(anonymous, x_qa_owner="ann", x_qa_client="1.1.1.1", x_forwarded_for="1.1.1.1")
    assert TOKEN.fullmatch(text.split()[0])
    assert text.split()[1] == "~9.9.9.9"


def test_an_encrypted_page_has_a_cookie_for_encrypted_pages_only(anonymous):
    assert visit(anonymous, scheme="https")[1]["set-cookie"].endswith("; Secure")
    assert not visit(anonymous, x_forwarded_proto="https")[1]["set-cookie"].endswith("; Secure")
    behind = SignIn(tells_the_owner, key=KEY, proxies=networks("10.0.0.0/8"))
    _, headers, text = visit(
        behind, peer="10.1.1.1", x_forwarded_proto="https", x_forwarded_for="6.6.6.6, 7.7.7.7"
    )
    assert headers["set-cookie"].endswith("; Secure")
    assert text.split()[1] == "~7.7.7.7"


@pytest.mark.parametrize("told", [{"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"}, {}])
def test_who_may_come_from_another_site_opens_the_page_once_more_so_that_cookies_are_sent(anonymous, told):
    arriving = {"accept": BROWSER["accept"], **told}
    status, headers, text = visit(anonymous, **arriving)
    assert status == 200
    assert "set-cookie" not in headers
    assert "location.replace('?again' + location.hash)" in text
    assert TOKEN.fullmatch(visit(anonymous, query=b"again", **arriving)[2].split()[0])


def test_who_comes_by_themselves_or_is_no_browser_need_not(anonymous):
    assert "set-cookie" in visit(anonymous, **BROWSER)[1]
    assert "set-cookie" in visit(anonymous, accept="*/*")[1]
    cookie = f"qa_owner={'t' * 43}"
    assert visit(anonymous, accept="text/html", cookie=cookie)[2].split()[0] == f"~{'t' * 43}"


def test_without_a_request_there_is_a_new_owner_each_time():
    assert TOKEN.fullmatch(owner_of(None))
    assert owner_of(None) != owner_of(None)


def test_who_has_not_signed_in_sees_the_form_and_nothing_else(signed):
    status, headers, _ = visit(signed, **BROWSER)
    assert (status, headers["location"]) == (303, "/login")
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS
    assert visit(signed, "/evaluation", **BROWSER)[0] == 303
    for path in ("/config", "/gradio_api/queue/data", "/gradio_api/call/ask/x", "/assets/x.js"):
        assert visit(signed, path)[0] == 401
    assert visit(signed, "/gradio_api/queue/join", method="POST")[0] == 401
    assert visit(signed, "/page/plain.css")[0] == 200
    status, headers, text = visit(signed, "/login", **BROWSER)
    assert status == 200
    assert '<label for="password">Password</label>' in text
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS


def test_who_signs_in_is_the_owner_until_they_sign_out(signed):
    status, headers, _ = sign_in(signed)
    assert (status, headers["location"]) == (303, "/")
    assert headers["set-cookie"].endswith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict")
    cookie = cookie_of(headers)
    assert visit(signed, cookie=cookie)[2] == "ann ann"
    assert "Sign out" in visit(signed, "/logout", cookie=cookie)[2]
    assert visit(signed, cookie=cookie)[2] == "ann ann"
    status, headers, _ = visit(signed, "/logout", method="POST", cookie=cookie)
    assert (status, headers["location"]) == (303, "/login")
    assert headers["set-cookie"].startswith("qa_session=; Path=/; Max-Age=0")
    assert visit(signed, cookie=cookie, **BROWSER)[0] == 303


def test_a_session_ends_when_the_user_is_removed_or_has_a_new_password(signed, path):
    cookie = cookie_of(sign_in(signed)[1])
    add_user(path, "ann", "another good one")
    assert visit(signed, cookie=cookie)[0] == 401
    cookie = cookie_of(sign_in(signed, password="another good one")[1])
    assert visit(signed, cookie=cookie)[2] == "ann ann"
    remove_user(path, "ann")
    assert visit(signed, cookie=cookie)[0] == 401


def test_a_wrong_password_is_said_without_telling_whether_there_is_such_a_user(signed):
    status, headers, wrong = sign_in(signed, password="wrong")
    _, _, unknown = sign_in(signed, name="ben")
    assert status == 401
    assert "set-cookie" not in headers
    said = "The name or the password is not right. Check both and try again."
    assert f'<p role="alert" class="problem" id="problem">{said}</p>' in wrong
    assert wrong.replace("ann", "ben") == unknown


def test_after_too_many_attempts_the_right_password_is_not_taken_either(signed):
    for _ in range(OF_ONE_NAME):
        assert sign_in(signed, password="wrong")[0] == 401
    status, headers, text = sign_in(signed)
    assert status == 429
    assert 880 < int(headers["retry-after"]) <= 901
    assert "Too many attempts. Try again in 15 minutes." in text
    assert sign_in(signed, peer="8.8.8.8")[0] == 303


def test_hostile_names_are_shown_as_text(signed):
    _, _, text = sign_in(signed, name='"><script>alert(1)</script>')
    assert 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in text


@pytest.mark.parametrize("place", ["/login", "/logout"])
def test_another_site_cannot_sign_anybody_in_or_out(signed, place):
    cookie = cookie_of(sign_in(signed)[1])
    status, headers, _ = visit(signed, place, method="POST", sec_fetch_site="cross-site", cookie=cookie)
    assert status == 403
    assert "set-cookie" not in headers
    assert visit(signed, cookie=cookie)[2] == "ann ann"


def test_a_form_that_is_too_large_is_not_read(signed):
    assert visit(signed, "/login", method="POST", body=b"username=ann&password=" + b"x" * 20_000)[0] == 401


def test_a_program_signs_in_with_the_same_form_and_is_told_by_the_status(signed):
    form = urlencode({"username": "ann", "password": WORDS}).encode()
    status, headers, _ = visit(signed, "/login", method="POST", body=form, accept="*/*")
    assert status == 200
    assert visit(signed, "/config", cookie=cookie_of(headers))[2] == "ann ann"


@pytest.fixture
def behind_proxy():
    return SignIn(tells_the_owner, key=KEY, header="X-Remote-User", proxies=networks("127.0.0.1, 10.0.0.0/8"))


def test_a_trusted_proxy_says_who_has_signed_in(behind_proxy):
    assert visit(behind_proxy, peer="10.2.3.4", x_remote_user="Zoë@council")[2] == "Zoë@council Zoë@council"
    assert visit(behind_proxy, peer="::ffff:10.2.3.4", x_remote_user="ann")[2] == "ann ann"


@pytest.mark.parametrize("peer", ["9.9.9.9", "11.0.0.1", "", "nonsense", "::1"])
def test_nobody_else_is_believed(behind_proxy, peer):
    status, _, text = visit(behind_proxy, peer=peer, x_remote_user="ann", x_forwarded_for="127.0.0.1")
    assert status == 403
    assert text == "This page is reached through your organisation's sign-in only, not at this address."


@pytest.mark.parametrize("name", ["", "~token", "a\nb", "x" * 201])
def test_a_proxy_that_names_nobody_lets_nobody_in(behind_proxy, name):
    assert visit(behind_proxy, peer="127.0.0.1", x_remote_user=name)[0] == 401


def test_a_name_that_is_sent_twice_is_nobodys(behind_proxy):
    twice = [(b"X-Remote-User", b"ben")]
    assert visit(behind_proxy, peer="127.0.0.1", x_remote_user="ann", twice=twice)[0] == 401


def test_without_users_of_its_own_the_page_has_no_sign_in_form(behind_proxy, anonymous):
    assert visit(behind_proxy, "/login", peer="127.0.0.1")[0] == 401
    assert TOKEN.fullmatch(visit(anonymous, "/login")[2].split()[0])


def test_an_address_that_is_none_is_said():
    with pytest.raises(InputError, match="QA_TRUSTED_PROXY holds 'proxy', which is no address"):
        networks("127.0.0.1,proxy")


def test_settings_that_do_not_agree_are_said(tmp_path, path):
    def access(**settings):
        return behind.access(Settings(home=tmp_path, **settings))(tells_the_owner)

    with pytest.raises(InputError, match="both set"):
        access(users_file=path, trusted_user_header="X-User", trusted_proxy="127.0.0.1")
    with pytest.raises(InputError, match="but not QA_TRUSTED_PROXY"):
        access(trusted_user_header="X-User")
    with pytest.raises(InputError, match="Cannot read the users"):
        access(users_file=tmp_path / "none")
    assert visit(access(users_file=path), "/login")[0] == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "page.council.example"])
def test_without_sign_in_others_cannot_reach_the_page_unless_that_is_said(path, host):
    with pytest.raises(InputError, match=r"because it has no sign-in\. Set QA_USERS_FILE or"):
        behind.check_host(host, Settings())
    behind.check_host(host, Settings(), without_sign_in=True)
    behind.check_host(host, Settings(users_file=path))
    behind.check_host(host, Settings(trusted_user_header="X-User"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_this_machine_can_always_reach_the_page(host):
    behind.check_host(host, Settings())


@pytest.mark.parametrize("path_", [briefing.PATH, checking.PATH, tracking.PATH])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_pages_beside_the_page_are_for_those_who_have_signed_in(signed, path_, method):
    _, _, text = visit(signed, path_, method=method, **BROWSER)
    assert "ann" not in text
    _, headers, _ = sign_in(signed)
    status, _, text = visit(signed, path_, method=method, cookie=cookie_of(headers), **BROWSER)
    assert (status, text.split()[0]) == (200, "ann")


# --- who may change the reports


async def tells_where_from(scope, receive, send):
    request = SimpleNamespace(headers={name.decode(): value.decode() for name, value in scope["headers"]})
    body = f"{at_this_machine(request)} {is_known(request)}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@pytest.mark.parametrize(
    ("headers", "here"),
    [
        ({"host": "127.0.0.1:7860"}, True),
        ({"host": "localhost:7860"}, True),
        ({"host": "[::1]:7860", "peer": "::1"}, True),
        ({"host": "127.0.0.1"}, True),
        ({"host": "127.0.0.1:7860", "peer": "9.9.9.9"}, False),
        ({"host": "127.0.0.1:7860", "peer": "9.9.9.9", "x_qa_local": "yes"}, False),
        ({"host": "ask.council.example"}, False),
        ({"host": "localhost.evil.example:7860"}, False),
        ({"host": "127.0.0.1:7860", "x_forwarded_for": "9.9.9.9"}, False),
        ({"host": "127.0.0.1:7860", "via": "1.1 proxy"}, False),
        ({}, False),
    ],
)
def test_at_this_machine_is_only_who_comes_from_it_to_it_and_through_no_proxy(headers, here):
    app = SignIn(tells_where_from, key=KEY)
    given = {"peer": "127.0.0.1", "cookie": f"qa_owner={'t' * 43}", **headers}
    assert visit(app, **given)[2] == f"{here} True"


def test_a_browser_that_sends_no_token_of_its_own_is_not_known():
    app = SignIn(tells_where_from, key=KEY)
    assert visit(app, host="127.0.0.1", peer="127.0.0.1")[2] == "True False"


def asking(owner, **more):
    return SimpleNamespace(headers={"x-qa-owner": owner, **more})


def test_nobody_may_change_the_reports_unless_a_setting_says_so(path):
    assert who_may_change(Settings()) is None
    assert who_may_change(Settings(users_file=path)) is None
    assert who_may_change(Settings(users_file=path, report_managers=" , ")) is None


def test_those_who_are_named_may_change_the_reports_and_nobody_else(path):
    may = who_may_change(Settings(users_file=path, report_managers="ann, bob@council.example"))
    assert may(asking("ann"))
    assert may(asking("bob%40council.example"))
    for other in ("Ann", "anna", "", "~ann", "ann,"):
        assert not may(asking(other, **{"x-qa-local": "yes"}))


def test_without_sign_in_only_who_is_at_the_machine_may_if_that_is_set():
    may = who_may_change(Settings(local_report_changes=True))
    assert may(asking("~token", **{"x-qa-local": "yes"}))
    assert not may(asking("~token"))


def test_settings_that_do_not_agree_on_it_are_told(path):
    with pytest.raises(InputError, match="QA_REPORT_MANAGERS names people, but nobody signs in"):
        who_may_change(Settings(report_managers="ann"))
    with pytest.raises(InputError, match="QA_LOCAL_REPORT_CHANGES is for a page without sign-in"):
        who_may_change(Settings(users_file=path, local_report_changes=True))
