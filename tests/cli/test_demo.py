"""``workorder demo``: the story, told to people and to programs."""

from tests.cli.conftest import CHINESE, Run, cells, folded


def test_the_story_as_json(run: Run) -> None:
    """The complaint is opened once, refused where it must be, and closed by another person."""
    ran = run("demo", "--json")
    assert (ran.code, ran.err) == (0, "")
    data = ran.data()
    assert data.keys() == {"steps", "history", "deadline"}
    assert all(each["text"] for each in data["steps"])
    (again,) = [each for each in data["steps"] if "same_ticket" in each]
    assert again["same_ticket"] is True
    refused = [each["refused"] for each in data["steps"] if "refused" in each]
    assert [[why["name"] for why in each["unmet"]] for each in refused] == [
        ["assignee_eligible"],
        ["resolution_given"],
        ["not_own_work"],
        ["not_own_work"],
    ]
    assert [each["action"] for each in data["history"]] == [
        "open",
        "dispatch",
        "start",
        "submit",
        "return_for_rework",
        "submit",
        "close",
    ]
    last = [each["state"] for each in data["steps"] if "state" in each][-1]
    assert last == data["history"][-1]["state"] == "closed"
    closer = data["history"][-1]["actor"]
    workers = {each["actor"] for each in data["history"] if each["action"] in {"start", "submit"}}
    assert closer not in workers


def test_the_deadline_over_the_holiday(run: Run) -> None:
    """30 September 16:30 and three working days: 8, 9 and 10 October, a Saturday that is worked."""
    deadline = run("demo", "--json").data()["deadline"]
    assert deadline["end"] == "2026-10-10T18:00:00+08:00"
    counted = [row["day"] for row in deadline["rows"] if row["counted"]]
    assert counted == ["2026-10-08", "2026-10-09", "2026-10-10"]
    told = run("demo").out
    assert "Sat 10 Oct  +1  3  substituted workday" in told
    assert "Oct 2026: 18 working days, 135 h open" in told
    told = run("demo", "--lang", "zh-CN").out
    assert "10月10日 周六  +1  3  调休上班" in told
    assert "2026年10月：18 个工作日，营业 135 小时" in told


def test_it_is_the_same_every_time(run: Run) -> None:
    """What programs read does not differ from run to run, in either language."""
    for language in ("en", "zh-CN"):
        first = run("demo", "--json", "--lang", language).out
        assert run("demo", "--json", "--lang", language).out == first


def test_the_story_for_people(run: Run, tables: str) -> None:
    """Sentences, options with reasons, refusals, and at the end the whole trail."""
    ran = run("demo")
    assert (ran.code, ran.err) == (0, "")
    told = [line for line in ran.out.splitlines() if line.startswith("▸ ")]
    assert len(told) == len(run("demo", "--json").data()["steps"])
    assert "four eyes: zhang.wei worked on this ticket" in ran.out
    trail = {line[0]: line for line in cells(ran.out) if len(line) > 5}
    assert trail["7"][2:6] == ["wang.fang", "Supervisor", "Close", "Closed"]
    assert "Card returned, fee refunded" in trail["4"][6]
    assert not CHINESE.search(ran.out)


def test_the_story_in_chinese(run: Run, tables: str) -> None:
    """Every sentence, label and heading of the story is Chinese."""
    ran = run("demo", "--lang", "zh-CN")
    told = [line for line in ran.out.splitlines() if line.startswith("▸ ")]
    assert all(CHINESE.search(line) for line in told)
    assert "须双人复核" in folded(ran.out)
    trail = {line[0]: line for line in cells(ran.out) if len(line) > 5}
    assert trail["7"][2:6] == ["wang.fang", "主管", "结案", "已结案"]
    assert trail["#"][1:] == ["时间(UTC)", "人员", "角色", "操作", "状态", "内容"]
