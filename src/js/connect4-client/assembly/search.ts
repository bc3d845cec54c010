/**
 * The search, in AssemblyScript: what a column is worth to the player to move.
 *
 * A score says how many discs before their last one the winner wins: 1 with the last, 2 with the
 * one before; it is negative when the player to move loses, and 0 for a draw. That convention is
 * Pascal Pons' (http://blog.gamesolver.org); the bitboard is John Tromp's
 * (https://tromp.github.io/c4/c4.html), and claimeven is from Victor Allis' thesis "A Knowledge-based
 * Approach of Connect-Four" (1988).
 *
 * A board is two sets of bits, seven bits a column from the bottom, the seventh of which stays
 * empty: `own`, the discs of the player to move, and `mask`, all discs.
 */

const CELLS = 42;
const STRIDE = 7;
const BOTTOM: u64 = 0x40810204081;
const FULL: u64 = BOTTOM * 63;
/** The first, third and fifth row. */
const ODD_ROWS: u64 = BOTTOM * 21;

/** A move in a list: how many threats it makes, which, and the discs after it. */
const MOVE_SIZE = 24;

// What is where in the memory: a table of bounds, which fits the processor's cache; a list of moves
// for each number of discs; the address of a book for each.
const TABLE: usize = 0;
const TABLE_BITS = 16;
const MOVES: usize = TABLE + (8 << TABLE_BITS);
const MOVES_SIZE = STRIDE * MOVE_SIZE;
const BOOKS: usize = MOVES + CELLS * MOVES_SIZE;
/** Where the memory is free. */
export const FREE: usize = BOOKS + 4 * (CELLS + 1);

/** In a book: where the scores of boards with the heights of these columns begin, by six of them. */
const SHAPES = 7 * 7 * 7 * 7 * 7 * 7;
const MIRRORED = 0x8000;

let own: u64 = 0;
let mask: u64 = 0;
let discs: i32 = 0;

/** Begins with the empty board. */
export function start(): void {
  own = 0;
  mask = 0;
  discs = 0;
}

/** Drops a disc of the player to move into a column that takes one. */
export function drop(column: i32): void {
  own ^= mask;
  mask |= landing(mask, column);
  discs += 1;
}

/** Has boards of as many discs looked up in the book at an address. */
export function addBook(discs: i32, address: usize): void {
  store<u32>(BOOKS + 4 * discs, <u32>address);
}

/**
 * A bound for the score of dropping into a column that takes a disc: at least the score's upper
 * bound if it is below `beta`, at most the score's lower bound otherwise.
 */
export function bound(column: i32, beta: i32): i32 {
  const move = landing(mask, column);
  if (move & winsOf(own, mask)) {
    return (CELLS + 1 - discs) >> 1;
  }
  const next = mask | move;
  const other = own ^ mask;
  if (winsOf(other, next) & landings(next)) {
    return -((CELLS - discs) >> 1);
  }
  return -search(other, next, winsOf(own | move, next), discs + 1, 1 - beta);
}

/** The most that a column can be worth to the player to move. */
export function most(): i32 {
  const atOnce = (CELLS + 1 - discs) >> 1;
  const book = load<u32>(BOOKS + 4 * discs);
  if (!book || landings(mask) & winsOf(own, mask)) {
    return atOnce;
  }
  return bookScore(own, mask, discs, book);
}

/**
 * The bound of a board's score, as above, where the player to move cannot win at once and `threats`
 * are the cells that complete four of the other player's discs.
 */
function search(own: u64, mask: u64, threats: u64, discs: i32, beta: i32): i32 {
  const other = own ^ mask;
  let moves = landings(mask);
  const forced = moves & threats;
  moves &= ~(threats >> 1);
  if (forced) {
    // Two of them cannot both be filled.
    moves = forced & (forced - 1) ? 0 : moves & forced;
  }
  if (!moves) {
    return -((CELLS - discs) >> 1);
  }
  if (discs >= CELLS - 2) {
    return 0;
  }

  // Nobody wins with the next disc.
  let lower = -((CELLS - 2 - discs) >> 1);
  let upper = (CELLS - 1 - discs) >> 1;
  const key = own + mask;
  const slot = slotOf(key);
  const entry = load<u64>(slot);
  if (entry >> 14 == key) {
    lower = lowerOf(entry);
    upper = upperOf(entry);
  }
  if (upper < beta) {
    return upper;
  }
  if (lower >= beta) {
    return lower;
  }

  const book = load<u32>(BOOKS + 4 * discs);
  if (book) {
    return bookScore(own, mask, discs, book);
  }

  const empty = FULL ^ mask;
  if (beta > 0) {
    if (!canWin(own, mask, discs, empty)) {
      return 0;
    }
  } else if (!hasLine(other | empty)) {
    return 0;
  }

  let best = -CELLS;
  const list = MOVES + discs * MOVES_SIZE;
  let count: usize = 0;
  for (let i = 0; i < STRIDE; i++) {
    // From the middle outwards.
    const column = 3 + (i & 1 ? -((i + 1) >> 1) : i >> 1);
    const move = moves & (<u64>63 << (column * STRIDE));
    if (!move) {
      continue;
    }
    const next = mask | move;
    const childKey = other + next;
    const child = load<u64>(slotOf(childKey));
    if (child >> 14 == childKey) {
      const atLeast = -upperOf(child);
      if (atLeast >= beta) {
        return atLeast;
      }
      const atMost = -lowerOf(child);
      if (atMost < beta) {
        if (atMost > best) best = atMost;
        continue;
      }
    }
    const made = winsOf(own | move, next);
    const answers = made & landings(next);
    if (answers & (answers - 1) || answers & (made >> 1)) {
      // The other player cannot stop both.
      return (CELLS - 1 - discs) >> 1;
    }
    const worth = popcnt(made);
    let place = list + count * MOVE_SIZE;
    while (place > list && load<u64>(place - MOVE_SIZE) < worth) {
      store<u64>(place, load<u64>(place - MOVE_SIZE));
      store<u64>(place + 8, load<u64>(place + 8 - MOVE_SIZE));
      store<u64>(place + 16, load<u64>(place + 16 - MOVE_SIZE));
      place -= MOVE_SIZE;
    }
    store<u64>(place, worth);
    store<u64>(place + 8, made);
    store<u64>(place + 16, next);
    count += 1;
  }

  for (let place = list; place < list + count * MOVE_SIZE; place += MOVE_SIZE) {
    const score = -search(other, load<u64>(place + 16), load<u64>(place + 8), discs + 1, 1 - beta);
    if (score >= beta) {
      store<u64>(slot, entryOf(key, score, upper));
      return score;
    }
    if (score > best) best = score;
  }
  store<u64>(slot, entryOf(key, lower, best));
  return best;
}

/** False if the player to move surely does not win. */
@inline
function canWin(own: u64, mask: u64, discs: i32, empty: u64): bool {
  let mine = empty;
  if (!(discs & 1)) {
    // Claimeven: if every column has an even number of discs, the other player can answer each
    // disc with one on top of it.
    const tops = mask & ~(mask >> 1);
    if (!(tops & ODD_ROWS)) {
      mine &= ODD_ROWS;
    }
  }
  return hasLine(own | mine);
}

/** Whether four cells of a set are in a row. */
@inline
function hasLine(cells: u64): bool {
  return !!(
    lineAlong(cells, 1) |
    lineAlong(cells, STRIDE) |
    lineAlong(cells, STRIDE - 1) |
    lineAlong(cells, STRIDE + 1)
  );
}

@inline
function lineAlong(cells: u64, step: i32): u64 {
  const pairs = cells & (cells >> step);
  return pairs & (pairs >> (2 * step));
}

/** The empty cells that would complete four in a row of a player's discs. */
@inline
function winsOf(discs: u64, mask: u64): u64 {
  const upright = (discs << 1) & (discs << 2) & (discs << 3);
  return (
    (upright |
      winsAlong(discs, STRIDE) |
      winsAlong(discs, STRIDE - 1) |
      winsAlong(discs, STRIDE + 1)) &
    (FULL ^ mask)
  );
}

@inline
function winsAlong(discs: u64, step: i32): u64 {
  const before = (discs << step) & (discs << (2 * step));
  const after = (discs >> step) & (discs >> (2 * step));
  return (
    (before & ((discs << (3 * step)) | (discs >> step))) |
    (after & ((discs >> (3 * step)) | (discs << step)))
  );
}

/** The cells in which a disc may land. */
@inline
function landings(mask: u64): u64 {
  return (mask + BOTTOM) & FULL;
}

@inline
function landing(mask: u64, column: i32): u64 {
  return landings(mask) & (<u64>63 << (column * STRIDE));
}

@inline
function slotOf(key: u64): usize {
  return TABLE + (<usize>((key * 0x9e3779b97f4a7c15) >> (64 - TABLE_BITS)) << 3);
}

@inline
function entryOf(key: u64, lower: i32, upper: i32): u64 {
  return (key << 14) | (<u64>(lower + CELLS) << 7) | <u64>(upper + CELLS);
}

@inline
function lowerOf(entry: u64): i32 {
  return (<i32>(entry >> 7) & 127) - CELLS;
}

@inline
function upperOf(entry: u64): i32 {
  return (<i32>entry & 127) - CELLS;
}

/** What the book says of a board. */
function bookScore(own: u64, mask: u64, discs: i32, book: usize): i32 {
  let shape = 0;
  for (let column = 0; column < STRIDE - 1; column++) {
    shape = shape * 7 + <i32>popcnt(columnOf(mask, column));
  }
  const place = <i32>load<u16>(book + 2 * shape);
  const isMirrored = place & MIRRORED;
  let rank = 0;
  let cells = 0;
  let owned = 0;
  for (let i = 0; i < STRIDE; i++) {
    const column = isMirrored ? STRIDE - 1 - i : i;
    let taken = columnOf(mask, column);
    let mine = columnOf(own, column);
    for (; taken; taken >>= 1, mine >>= 1) {
      if (mine & 1) {
        owned += 1;
        rank += binomial(cells, owned);
      }
      cells += 1;
    }
  }
  const scores = book + 2 * SHAPES;
  return load<i8>(scores + (place & ~MIRRORED) * binomial(discs, discs >> 1) + rank);
}

function columnOf(cells: u64, column: i32): u64 {
  return (cells >> (column * STRIDE)) & 63;
}

function binomial(n: i32, k: i32): i32 {
  let ways = 1;
  for (let i = 0; i < k; i++) {
    ways = (ways * (n - i)) / (i + 1);
  }
  return ways;
}
