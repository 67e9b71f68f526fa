"""The weekly look at monitoring: one issue for every unit that is due, and silence while nothing changes."""

UNIT = "contoh/kppn-contoh-satu"


def test_one_issue_for_each_unit_follows_its_stages(forge) -> None:
    """KPPN Contoh Satu has had WBK since 6 December 2023 and was last monitored on 18 September 2025.

    So the next monitoring is due 24 months later, on 18 September 2027: 79 days after 1 July 2027, 17 days after
    1 September 2027. Its stages begin 90, 30 and 7 days before. The other units have no predicate.
    """
    assert forge.run("monitor", "remind", {}).requests == []
    forge.today = "2027-07-01"
    opened = forge.run("monitor", "remind", {})
    assert opened.conclusion == "success", opened.output
    ((method, path, body),) = opened.requests
    assert (method, path, body["labels"]) == ("POST", "repos/contoh/registri/issues", ["pemantauan"])
    assert body["title"] == f"Pemantauan {UNIT}: jatuh tempo 18 September 2027 (sisa paling lama 90 hari)"
    assert body["body"].startswith(f"<!-- zi:pemantauan:{UNIT} -->\n")
    assert forge.run("monitor", "remind", {}).requests == []
    forge.today = "2027-09-01"
    later = forge.run("monitor", "remind", {})
    assert [(method, path) for method, path, _ in later.requests] == [
        ("POST", "repos/contoh/registri/issues/100/comments"),
        ("PATCH", "repos/contoh/registri/issues/100"),
    ]
    assert forge.issues[100]["title"].endswith("(sisa paling lama 30 hari)")
    assert forge.run("monitor", "remind", {}).requests == []
    assert list(forge.issues) == [100]
