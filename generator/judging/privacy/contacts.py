"""Telephone and account numbers. Both are made of any digits: form, country and the words around tell them."""

from __future__ import annotations

import re

from .runs import Window

LONGEST_PHONE = 15
"""ITU-T E.164."""
_SHORTEST_PHONE = 7
_MOBILE = re.compile(r"(?:0|620?)8[1-9][0-9]{7,11}")
_LANDLINE = re.compile(r"0[2-9]")
_AREA = {3, 4}
"""Digits of an area code with its 0."""
_PHONE_WORD = re.compile(
    r"(?<![a-z])(?:no\.? ?hp|hp|telp|telepon|telpon|tel|tlp|ponsel|handphone|whatsapp|wa|sms|fax|faks|faksimile|phone"
    r"|mobile|call|hubungi|kontak|contact|nomor kontak|cp)(?![a-z])[^0-9]{0,30}$",
    re.IGNORECASE,
)
_IN_ADDRESS = re.compile(r"https?://[^\s\"'<>]*$", re.IGNORECASE)

LONGEST_ACCOUNT = 16
_SHORTEST_ACCOUNT = 8
_SHORTEST_NAMELESS = 10
_BANKS = r"bca|bni|bri|btn|bsi|bjb|cimb|danamon|permata|mega|maybank|ocbc|panin|bukopin|muamalat|jenius|jago"
_ACCOUNT_WORD = re.compile(
    rf"(?<![a-z])(?<!kode )(?<!kode mata )(?:rekening|rek|norek|account|acct|acc|giro|tabungan|bank|virtual account|va"
    rf"|{_BANKS})(?![a-z])[^0-9]{{0,40}}$",
    re.IGNORECASE,
)
_BUDGET_CODE = re.compile(r"kode (?:mata )?(?:rekening|rek|akun)[^0-9]{0,20}$", re.IGNORECASE)
_MANDIRI = re.compile(r"(?<![a-z])mandiri(?![a-z])[^0-9]{0,30}$", re.IGNORECASE)
"""A bank; but also the unit's own tier: it takes a longer number to be meant as the bank."""
_BANK_AFTER = re.compile(rf" ?[(,/-]? ?(?:an?\.? ?n\.? |bank |{_BANKS}|mandiri)(?![a-z]{{3}})", re.IGNORECASE)

_MONEY_BEFORE = re.compile(r"(?:rp\.?|idr|sebesar|senilai|sejumlah|saldo|anggaran|nilai)[^0-9a-z]{0,3}$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r",[0-9]{2}(?![0-9])|,-| ?(?:rupiah|juta|miliar)", re.IGNORECASE)
_TIME = re.compile(
    r"(?:19|20)[0-9]{2}[ ./-]{1,3}(?:0?[1-9]|1[0-2])[ ./-]{1,3}(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])"
    r"|(?:0?[1-9]|[12][0-9]|3[01])[ ./-]{1,3}(?:0?[1-9]|1[0-2])[ ./-]{1,3}(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:0?[1-9]|1[0-2])[ ./-]{1,3}(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:19|20)[0-9]{2}[ ,./-]{1,3}(?:19|20)[0-9]{2}(?![0-9])"
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9])"
)
"""Days, months and pairs of years."""
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_COUNTED = re.compile(
    r"(?:\.[0-9]{3})* (?:transaksi|nasabah|orang|pegawai|pengguna|pelanggan|responden|debitur|wajib pajak|unit|satker"
    r"|kantor|rekening|akun|berkas|dokumen|lembar|buah|surat|laporan|permohonan|layanan|pembayaran|kegiatan|data|entri"
    r"|baris|kali)(?![a-z])",
    re.IGNORECASE,
)
"""Something there are many of: before it stands how many."""


def is_phone(window: Window) -> bool:
    """Tell whether the window is a telephone number: Indonesian with 0 or 62 before it, foreign with "+", or named."""
    digits = window.digits
    if len(digits) < _SHORTEST_PHONE or _is_other(window):
        return False
    if window.is_listed or not window.separated_by(" .-_()"):
        return window.is_listed and window.is_whole and bool(_MOBILE.fullmatch(digits))
    if _PHONE_WORD.search(window.before):
        return True
    if _IN_ADDRESS.search(window.text[max(0, window.start - 300) : window.start]):
        return False  # addresses hold long ids
    if _MOBILE.fullmatch(digits):
        return True
    abroad = window.text[max(0, window.start - 1) : window.start] == "+"
    return (abroad or _is_landline_form(window)) and _is_assigned("+" + digits if abroad else digits)


def _is_landline_form(window: Window) -> bool:
    """An area code and two or three longer groups, or digits in one piece; no part of a word or an id."""
    if window.before[-1:].isalpha() or window.after[:1].isalpha():
        return False
    if not _LANDLINE.match(window.digits):
        return window.digits.startswith("62") and window.sizes[0] >= len("6221")
    if len(window.sizes) == 1:
        return True
    area, *rest = window.sizes
    return area in _AREA and all(size > 2 for size in rest)  # noqa: PLR2004 - 021-344-9230


def _is_assigned(number: str) -> bool:
    import phonenumbers  # noqa: PLC0415 - most texts hold nothing like it

    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(number, "ID"))
    except phonenumbers.NumberParseException:
        return False


def is_account(window: Window) -> bool:
    """Tell whether the window is an account number: a word before it or a bank beside it says so."""
    size, before = len(window.digits), window.before
    if size < _SHORTEST_ACCOUNT or not window.is_whole or _is_other(window):
        return False
    if not window.separated_by(",:|" if window.is_listed else " .-_"):  # "2, 3" is a list
        return False
    if _BUDGET_CODE.search(before):
        return False
    if _ACCOUNT_WORD.search(before):
        return True
    return size >= _SHORTEST_NAMELESS and bool(_MANDIRI.search(before) or _BANK_AFTER.match(window.after))


def _is_other(window: Window) -> bool:
    """Tell whether it is money, a date, or how many there are of something."""
    if _COUNTED.match(window.after) and _THOUSANDS.fullmatch(window.written):
        return True
    return bool(_TIME.match(window.written) or _MONEY_BEFORE.search(window.before) or _MONEY_AFTER.match(window.after))
