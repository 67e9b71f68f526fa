"""A registry to try things on: fictional agencies and units, with every state worth seeing and a history of commits.

`zi demo DIR` writes it (generator/cli/demo.py). The first 24 units each show something; the most telling come first,
so that a smaller registry keeps them. Units after these live variations of the same lives and make it large.

    unit                        shows (on 2026-10-31, the story's last day)
    keuangan/kppn-contoh-satu        WBBM held, met by TPN in 2025; monitoring scheduled; statements every quarter;
                                     a mistaken commit and its revert (2026); programme alive (hidup)
    pertanahan/kantah-contoh-satu    WBK held, monitoring overdue; a programme stopped, then silence; 2026 self only,
                                     with old evidence, some of it expired; dorman, and the unit's reply
    kesehatan/balai-contoh-satu      WBK revoked, barred from proposals until 2027-03-17
    kota/puskesmas-contoh-satu       self-assessment far above TPI's; forecast by TPI; never awarded;
                                     moved and renamed in 2025: it was kesehatan/pos-kesehatan-contoh
    keuangan/kppn-contoh-dua         WBK held, monitoring due within 90 days (2027-01-15); a programme stopped: melambat
    pertanahan/kantah-contoh-dua     evidence used again in other years and by kantah-contoh-lima
    kesehatan/balai-contoh-dua       TPN 2026: IPAK 3.59, below its limit of 3.60; all else met
    kota/puskesmas-contoh-dua        TPN 2026: area 5 below 60 %, total far above 75
    keuangan/kppn-contoh-tiga        TPN 2026: exactly at the limits (IPAK 3.60, IPKP 3.20, B.I.b C, B.I 18.25); WBK met
    pertanahan/kantah-contoh-tiga    incomplete: nine questions open in 2026
    kesehatan/balai-contoh-tiga      TPN 2026: clearance withheld by KPK
    kota/puskesmas-contoh-tiga       TPN 2026: Ombudsman has not answered yet
    keuangan/kppn-contoh-empat       WBK held, monitoring done in August 2026; hidup, with all five signals; a public
                                     case that was not proven
    pertanahan/kantah-contoh-empat   WBK revoked in 2022, bar over, proposed again; four answers of 2026 changed after
                                     TPI judged and stamped them (berubah-setelah-dinilai)
    kesehatan/balai-contoh-empat     only ever assessed by itself
    kota/puskesmas-contoh-empat      zero denominators: a warning each year (penyebut-nol); WBK in
                                     confirmation: a monitoring of October 2026 proposed to revoke it
    keuangan/kppn-contoh-lima        never awarded, far from it
    pertanahan/kantah-contoh-lima    shares evidence with kantah-contoh-dua; WBK monitored late, proposed to be revoked,
                                     and confirmed in 2025
    kesehatan/balai-contoh-lima      WBBM held, overdue after "perlu perbaikan"; silent since 2026, follow-ups open:
                                     notice until 2026-11-30 before it is called dorman; the unit's reply
    kota/puskesmas-contoh-lima       WBBM in confirmation in 2025, revoked in 2026; a public case, and the unit's reply
    keuangan/kppn-contoh-enam        TPN 2026: WBK met, not awarded yet
    pertanahan/kantah-contoh-enam    registered, no worksheet yet
    kesehatan/balai-contoh-enam      WBK held, proposed for WBBM, TPN 2026 finds WBK only
    kota/puskesmas-contoh-enam       better every year; WBK since 2025; states nothing (belum-cukup-data)

Agencies differ in who monitors: keuangan UKI-Es.I for WBK and Itjen for WBBM; pertanahan Itjen for both; kesehatan
says nothing (TPI); kota Inspektorat Daerah for WBK.

    names, stories     who there is, and how each one's years go
    answers, sheets    what is answered, and each file as it stands after each step of a year
    vocabulary, wording, messages, handwriting     how it is said
    lives              events, monitoring, statements, replies, cases as known on a day
    calendar, history  when commits are made, and the commits
    repository         `git fast-import`
"""
