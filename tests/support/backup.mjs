/*
 * backup — reads a backup file (src/db/backup_file.h), so that a test can look at every row of a
 * database, whichever engine has it.
 */
import { readFile } from 'node:fs/promises'

const HEAD_LEN = 'HABITUE BACKUP 1\n'.length
const SUM_LEN = 32

class Reader {
  constructor(bytes, at = 0, end = bytes.length) {
    Object.assign(this, { bytes, at, end })
  }
  byte() {
    return this.bytes[this.at++]
  }
  number() {
    this.at += 8
    return this.bytes.readBigInt64LE(this.at - 8)
  }
  raw() {
    const len = this.bytes.readUInt32LE(this.at)
    this.at += 4 + len
    return this.bytes.subarray(this.at - len, this.at)
  }
  text() {
    return this.raw().toString('utf8')
  }
  /* By its tag: whole numbers are BigInt, bytes are hex. */
  value() {
    const tag = String.fromCharCode(this.byte())
    if (tag === 'i') return this.number()
    if (tag === 't') return this.text()
    if (tag === 'b') return this.byte() !== 0
    return tag === 'x' ? this.raw().toString('hex') : null
  }
}

function tableOf(record) {
  const table = { name: record.text(), columns: [], rows: [] }
  for (let left = Number(record.number()); left > 0; left--) {
    table.columns.push(record.text())
    record.byte()
  }
  return table
}

/* All of a backup's tables by name, each with its rows as objects. */
export async function readBackup(path) {
  const file = new Reader(await readFile(path), HEAD_LEN)
  const tables = {}
  let table
  while (file.at < file.end - SUM_LEN) {
    const kind = String.fromCharCode(file.byte())
    const len = file.bytes.readUInt32LE(file.at)
    const record = new Reader(file.bytes, file.at + 4, file.at + 4 + len)
    file.at = record.end
    if (kind === 'T') {
      table = tableOf(record)
      tables[table.name] = table.rows
    }
    if (kind === 'R')
      table.rows.push(Object.fromEntries(table.columns.map((name) => [name, record.value()])))
  }
  return tables
}
