"""Units of measures: codes of UCUM and currencies of ISO 4217, and how people read them."""

import re
from collections.abc import Mapping
from typing import Final

SYMBOLS: Final[Mapping[str, str]] = {
    "%": "%",
    "[ppth]": "‰",
    "[ppm]": "ppm",
    "1": "",
    "mg": "mg",
    "g": "g",
    "kg": "kg",
    "t": "t",
    "kt": "kt",
    "Mt": "Mt",
    "mm": "mm",
    "cm": "cm",
    "m": "m",
    "km": "km",
    "[nmi_i]": "nautical miles",
    "m2": "m²",
    "har": "ha",
    "km2": "km²",
    "m3": "m³",
    "L": "l",
    "m3/s": "m³/s",
    "ms": "ms",
    "s": "s",
    "min": "min",
    "h": "h",
    "d": "days",
    "wk": "weeks",
    "mo": "months",
    "a": "years",
    "m/s": "m/s",
    "km/h": "km/h",
    "Cel": "°C",
    "K": "K",
    "hPa": "hPa",
    "bar": "bar",
    "J": "J",
    "kW.h": "kWh",
    "MW.h": "MWh",
    "GW.h": "GWh",
    "TW.h": "TWh",
    "W": "W",
    "kW": "kW",
    "MW": "MW",
    "GW": "GW",
    "V": "V",
    "A": "A",
    "Hz": "Hz",
    "Bq": "Bq",
    "mSv": "mSv",
    "uSv/h": "µSv/h",
    "dB": "dB",
    "mg/L": "mg/l",
    "ug/m3": "µg/m³",
    "ng/mL": "ng/ml",
    "g/L": "g/l",
    "By": "bytes",
    "MBy": "MB",
    "GBy": "GB",
    "TBy": "TB",
}
"""The codes of UCUM that a measure may have, each with what people read; counts are written in braces: `{person}`."""

_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
    "CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD "
    "HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD "
    "LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK "
    "PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS "
    "TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "
)

CURRENCIES: Final = frozenset(_CODES.split())
"""Codes of ISO 4217 of money that is or lately was paid with."""

COUNTED: Final = re.compile(r"\{[a-z]+( [a-z]+)*\}")
"""UCUM's annotation in braces: whatever is counted one by one."""


def is_unit(code: str) -> bool:
    """Whether a measure may have this unit: a code of UCUM that is listed here, or what is counted, in braces."""
    return code in SYMBOLS or COUNTED.fullmatch(code) is not None


def is_count(code: str | None) -> bool:
    """Whether a unit is of things that are counted one by one."""
    return code is not None and COUNTED.fullmatch(code) is not None


def currency(code: str | None) -> str | None:
    """The unit, if it is a currency; else None."""
    return code if code in CURRENCIES else None


def symbol(code: str | None) -> str:
    """What stands behind a number of that unit or currency; nothing behind a count."""
    if code is None or COUNTED.fullmatch(code):
        return ""
    return SYMBOLS.get(code, code)
