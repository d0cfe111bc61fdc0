"""Telephone numbers of section 4.4, by country: emergency, crisis and child."""

from __future__ import annotations

EMERG = {
    **{"GB": "999", "GB_NIR": "999", "IE": "112", "EU": "112", "US": "911", "CA": "911", "AU": "000"},
    **{"NZ": "111", "IN": "112", "ZA": "112", "SG": "995", "HK": "999", "JP": "119"},
}
CRISIS = {
    **{"GB": "116 123", "GB_NIR": "0808 808 8000", "IE": "116 123", "EU": "112", "US": "988", "CA": "988", "AU": "13 11 14"},
    **{"NZ": "1737", "IN": "14416", "ZA": "0800 567 567", "SG": "1767", "HK": "18111", "JP": "0120-279-338"},
}
CHILD = {
    **{"GB": "0800 1111", "GB_NIR": "0800 1111", "IE": "1800 66 66 66", "EU": "116 111", "US": "988", "CA": "988", "AU": "1800 55 1800"},
    **{"NZ": "0800 376 633", "IN": "1098", "ZA": "116", "HK": "18111", "JP": "0120-99-7777"},
}


def names_one(words: str, country: str, *tables: dict[str, str]) -> bool:
    """Whether one of these numbers of the country is printed; spaces do not count."""
    together = words.replace(" ", "").replace("-", "")
    wanted = [table[country] for table in tables if country in table]
    return any(one.replace(" ", "").replace("-", "") in together for one in wanted) or (not wanted and "emergency" in words)
