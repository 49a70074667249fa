#!/usr/bin/env python3
"""The same check of a table of results as `guong check`, as one would write it in Python with openpyxl (read-only mode): the
rules of the regulation of 2018 that the columns of the sample table reach. Prints how often each kind of breach was found.

    pip install openpyxl
    cargo run --release -p xtask -- bench-results && benches/check_peer.py target/results-70000.xlsx
"""
import sys
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction

import openpyxl

LEVELS = {
    "hoàn thành xuất sắc nhiệm vụ": 3, "htxsnv": 3, "hoàn thành tốt nhiệm vụ": 2, "httnv": 2,
    "hoàn thành nhiệm vụ": 1, "htnv": 1, "không hoàn thành nhiệm vụ": 0, "khtnv": 0,
}
CUT_OFF = date(2022, 12, 31)
MARKS = ("khiển trách", "cảnh cáo", "cách chức", "khai trừ")


def yes(text):
    text = (text or "").strip().lower()
    return None if not text else text in ("có", "x", "1") or any(mark in text for mark in MARKS)


def day(text):
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


def full_months(since, until):
    months = (until.year - since.year) * 12 + until.month - since.month
    last_day = (until.replace(day=28).month != (until.fromordinal(until.toordinal() + 1)).month)
    return months - (1 if until.day < since.day and not last_day else 0)


def number(value):
    return None if value is None or value == "" else Fraction(str(value).replace(",", "."))


def check(path):
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True).active
    rows = sheet.iter_rows(values_only=True)
    head = next(row for row in rows if row and "Mức xếp loại" in row)
    at = {name: place for place, name in enumerate(head)}
    found, groups, codes, read = Counter(), defaultdict(Counter), set(), 0
    for row in rows:
        if not row or row[at["Họ và tên"]] is None:
            continue
        read += 1
        get = lambda name: row[at[name]]
        level = LEVELS[get("Mức xếp loại").strip().lower()]
        groups[get("TCCSĐ")][level] += 1
        code = get("Mã đảng viên")
        if code in codes:
            found["twice"] += 1
        codes.add(code)
        assigned, done = number(get("Số chỉ tiêu được giao")), number(get("Số chỉ tiêu hoàn thành"))
        if assigned is not None and done is not None and done > assigned:
            found["within"] += 1
        standing = (get("Tình trạng đảng viên") or "").lower()
        if "miễn" in standing or "đình chỉ" in standing:
            found["exempt"] += 1
            continue
        if full_months(day(get("Ngày vào Đảng")), CUT_OFF) < 6:
            found["review_only"] += 1
            continue
        if yes(get("Bị kỷ luật")) and level > 0:
            found["disciplined"] += 1
        if yes(get("Kết luận suy thoái")) and level > 0:
            found["conditions"] += 1
        if number(get("Nghỉ ốm (ngày)")) >= 90 and level >= 2:
            found["conditions"] += 1
        if assigned and done / assigned < Fraction(1, 2) and level > 0:
            found["conditions"] += 1
        civil = LEVELS.get((get("XL công chức") or "").lower())
        if yes(get("Là cán bộ, công chức, viên chức")) and civil is not None:
            if (level == 3 and civil != 3) or (civil == 0 and level > 0):
                found["above_civil_service"] += 1
        unit = LEVELS.get((get("Mức xếp loại của đơn vị") or "").lower())
        if yes(get("Người đứng đầu")) and unit is not None and level > unit:
            found["above_unit"] += 1
    for counts in groups.values():
        rated = sum(counts.values())
        limits = []
        for denominator in (counts[2], counts[2] + counts[3], rated):
            exact = Fraction(denominator, 5)
            limits += [exact.__floor__(), (exact + Fraction(1, 2)).__floor__()]
        if any(counts[3] > limit for limit in limits):
            found["over_cap"] += 1
    return read, found


if __name__ == "__main__":
    read, found = check(sys.argv[1])
    print(f"{read} rows")
    for kind, count in sorted(found.items()):
        print(kind, count)
