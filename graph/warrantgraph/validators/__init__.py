"""Validates what strangers send, in processes that can be killed.

```
server process                  keeper                            worker (one upload, then it ends)
Validators -> pool -> Worker -> loads libraries, shapes and  -->  bounds, reads, checks,
     ^        (asyncio)         ontology once, then forks         writes the report
     +----------------------- frames over a socket -----------------------+
```

The keeper, the pool and the frames are those of `warrantgraph.engine.workers`. What is imported
here loads neither shapes nor the libraries that read them: those are the keeper's, which is
started for the first upload.
"""

from warrantgraph.validators.media import REPORT_TYPES, UploadType, read_upload_type
from warrantgraph.validators.messages import ReportHead, ValidationRequest
from warrantgraph.validators.service import ValidatedUpload, Validators

__all__ = [
    "REPORT_TYPES",
    "ReportHead",
    "UploadType",
    "ValidatedUpload",
    "ValidationRequest",
    "Validators",
    "read_upload_type",
]
