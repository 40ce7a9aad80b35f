#include <Python.h>

/* position(steps, steps_per_mm): in micrometres, rounded down. */
static PyObject *position(PyObject *self, PyObject *args) {
  long long steps, per_mm;
  if (!PyArg_ParseTuple(args, "LL", &steps, &per_mm)) {
    return NULL;
  }
  if (per_mm <= 0) {
    PyErr_SetString(PyExc_ValueError, "steps_per_mm must be positive");
    return NULL;
  }
  long long scaled = steps * 1000;
  long long quotient = scaled / per_mm;
  if (scaled % per_mm != 0 && scaled < 0) {
    --quotient;
  }
  return PyLong_FromLongLong(quotient);
}

static PyMethodDef methods[] = {
    {"position", position, METH_VARARGS, "In micrometres."},
    {NULL, NULL, 0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_axis", NULL, -1,
                                    methods};

PyMODINIT_FUNC PyInit__axis(void) { return PyModule_Create(&module); }
