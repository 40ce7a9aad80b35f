% SPDX-License-Identifier: Apache-2.0
% run_test.m FOLDER... NAME SCRIPT: see test.sh.
1;

% Puts the package in a folder on the path: the folders that its mip.json names,
% or what its setup.m does.
function load_package(folder)
  info = jsondecode(fileread(fullfile(folder, 'mip.json')));
  if ~isfield(info, 'paths')
    run(fullfile(folder, 'setup.m'));
    return
  end
  for path = cellstr(info.paths)(:)'
    place = fullfile(folder, info.name, path{1});
    if strcmp(path{1}, '.')
      place = fullfile(folder, info.name);
    end
    if ~isfolder(place)
      error('run_test: %s: mip.json names a folder %s, which is not there', info.name, path{1});
    end
    addpath(place);
  end
end

% The MEX files below a folder.
function files = mex_files(folder)
  files = {};
  entries = dir(folder);
  for entry = entries(:)'
    path = fullfile(folder, entry.name);
    if entry.isdir && ~any(strcmp(entry.name, {'.', '..'}))
      files = [files, mex_files(path)];
    elseif ~isempty(regexp(entry.name, '\.mex$'))
      files{end + 1} = path;
    end
  end
end

% A MEX file is in memory once it was called.
function check_all_called(folder)
  maps = fileread('/proc/self/maps');
  for file = mex_files(folder)
    if isempty(strfind(maps, file{1}))
      error('run_test: the test never calls %s', file{1}(numel(folder) + 2:end));
    end
  end
end

function run_test(folders, name, script)
  for folder = folders
    load_package(folder{1});
  end
  place = fullfile(folders{end}, name);
  file = fullfile(place, script);
  if ~isfile(file)
    error('run_test: no script %s in the package', script);
  end
  run(file);
  check_all_called(place);
end

words = argv()';
folders = cellfun(@make_absolute_filename, words(1:end - 2), 'UniformOutput', false);
run_test(folders, words{end - 1}, words{end});
