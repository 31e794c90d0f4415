import { createReadStream, createWriteStream, constants as fs, type Stats } from 'node:fs';
import { access, lstat, mkdir, open, opendir, realpath, rename, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PlaceAddress } from './address.ts';
import { nameTrick } from './names.ts';
import { type Place, type PlaceFile, placeError, unreadable } from './place.ts';

/** A folder of this machine, or one that it has mounted. @throws RamalError `placeMissing`. */
export async function openFolder({ path: folder }: PlaceAddress): Promise<Place> {
  const root = await realpath(folder).catch((cause) => {
    throw placeError('placeMissing', folder, cause);
  });
  const inside = (path: string) => path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);

  /** A file's look, through links that stay in the folder; null when it is gone or is neither file nor folder. */
  async function look(path: string): Promise<{ stats: Stats; trick?: string } | null> {
    const full = join(root, path);
    const stats = await gone(lstat(full));
    if (!stats?.isSymbolicLink()) return stats?.isFile() || stats?.isDirectory() ? { stats } : null;
    const target = await gone(realpath(full));
    if (target === null || !inside(target)) return { stats, trick: 'é um atalho que leva para fora da pasta' };
    const there = await gone(stat(target));
    return there?.isFile() ? { stats: there } : null;
  }

  async function* walk(below: string, depth: number, left: (path: string) => boolean): AsyncGenerator<PlaceFile> {
    for await (const { name } of await opendir(join(root, below))) {
      const path = below === '' ? name : `${below}/${name}`;
      if (left(path)) continue;
      const seen = await look(path);
      if (seen?.stats.isDirectory()) {
        if (depth > 0 && nameTrick(path) === null) yield* walk(path, depth - 1, left);
      } else if (seen) yield { path, ...version(seen.stats), ...(seen.trick ? { trick: seen.trick } : {}) };
    }
  }

  return {
    whole: false,
    async *list(depth, left) {
      try {
        yield* walk('', depth, left);
      } catch (cause) {
        throw placeError('placeMissing', folder, cause);
      }
    },
    async fetch({ path }, to, { signal, onBytes }) {
      const real = await gone(realpath(join(root, path)));
      if (real === null || !inside(real)) return null;
      // Of a link set between the look and here nothing is followed, and a pipe does not hold us.
      const flags = fs.O_RDONLY | (fs.O_NOFOLLOW ?? 0) | (fs.O_NONBLOCK ?? 0);
      const file = await gone(open(real, flags)).catch((cause) => {
        throw unreadable(path, cause);
      });
      if (file === null) return null;
      try {
        const now = await gone(realpath(join(root, path)));
        const before = await file.stat();
        if (now !== real || !before.isFile()) return null;
        const bytes = createReadStream('', { fd: file, autoClose: false, highWaterMark: 1 << 20 });
        bytes.on('data', (chunk) => onBytes(chunk.length));
        await pipeline(bytes, createWriteStream(to, { flags: 'wx', mode: 0o600 }), { signal });
        return { path, ...version(await stat(real)) };
      } catch (cause) {
        throw signal.aborted ? cause : placeError('placeUnreachable', folder, cause);
      } finally {
        await file.close();
      }
    },
    async move(path, into, name) {
      try {
        await mkdir(join(root, into), { recursive: true });
        if (!inside(await realpath(join(root, into)))) throw new Error('a pasta leva para fora');
        if (await access(join(root, into, name)).then(Boolean, () => true))
          await rename(join(root, path), join(root, into, name));
        else throw new Error(`${into}/${name} já existe`);
      } catch (cause) {
        throw placeError('placeRefused', folder, cause);
      }
    },
    async close() {},
  };
}

function version({ size, mtimeMs }: Stats): { bytes: number; changedAt: Date } {
  return { bytes: size, changedAt: new Date(Math.floor(mtimeMs)) };
}

/** What was asked for, or null when there is no such file any more, or it is a link by now. */
async function gone<T>(asked: Promise<T>): Promise<T | null> {
  return asked.catch((cause: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(cause.code ?? '')) return null;
    throw cause;
  });
}
