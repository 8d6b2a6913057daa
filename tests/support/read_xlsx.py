#!/usr/bin/env python3
"""Reads a workbook from standard input, by nothing but Python's own library, and prints as JSON its
sheet's name, how many rows stay in sight, and each row as a map from column ("C") to cell: kind
("text", "number", "formula"), value, number format, whether it is bold."""
import io
import json
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

NS = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def part(archive, name):
    return xml.fromstring(archive.read(name))


def styles(archive):
    root = part(archive, "xl/styles.xml")
    formats = {f.get("numFmtId"): f.get("formatCode") for f in root.iterfind(".//s:numFmt", NS)}
    bold = [f.find("s:b", NS) is not None for f in root.iterfind("s:fonts/s:font", NS)]
    return [(formats.get(x.get("numFmtId"), x.get("numFmtId")), bold[int(x.get("fontId"))])
            for x in root.iterfind("s:cellXfs/s:xf", NS)]


def unescape(text):
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found.group(1), 16)), text)


def cell_of(cell, known):
    number_format, bold = known[int(cell.get("s", "0"))]
    value = cell.findtext("s:v", "", NS)
    kind = "number"
    if cell.get("t") == "inlineStr":
        kind, value = "text", unescape("".join(t.text or "" for t in cell.iterfind(".//s:t", NS)))
    if cell.find("s:f", NS) is not None:
        kind = "formula"
    return {"kind": kind, "value": value, "format": number_format, "bold": bold}


def main():
    archive = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))
    known = styles(archive)
    sheet = part(archive, "xl/worksheets/sheet1.xml")
    pane = sheet.find(".//s:pane", NS)
    rows = [{re.sub("[0-9]+", "", cell.get("r")): cell_of(cell, known)
             for cell in row.iterfind("s:c", NS)} for row in sheet.iterfind(".//s:row", NS)]
    name = part(archive, "xl/workbook.xml").find(".//s:sheet", NS).get("name")
    print(json.dumps({"name": name, "frozen": pane.get("ySplit"), "rows": rows}))


main()
