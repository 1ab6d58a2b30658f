"""How much may be laid by for one job and for all."""

from __future__ import annotations

from luodi.kernel.files.zip_bounds import MOST_PARTS

MOST_ITEMS = MOST_PARTS  # of one job
MOST_BYTES = 4_000_000_000  # of one job, as sent
LARGEST_ARCHIVE = 2_000_000_000
LARGEST_PART = 4_194_304  # of one request; a file comes in as many parts as it needs
MOST_OPEN = 100  # jobs that are not done, of the district
LEAST_FREE = 500_000_000  # bytes of the disk that laying by leaves alone

MOST_TRIES = 3  # an item that has stopped the worker so often is refused
# days
UNSENT_LASTS = 1  # what was begun to be sent and is not sent further counts as all there is
STOPPED_LASTS = 30
NAMES_LAST = 30  # names of files may be personal; they are forgotten when nobody needs them any more
